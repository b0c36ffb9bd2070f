/** The one issue about the monitor itself, as it should be. Texts are Markdown, escaped. */
export interface HealthIssue {
  readonly cluster: string;
  readonly title: string;
  /** null: all is well again, the issue is closed with `closing`. */
  readonly body: string | null;
  readonly closing: string;
  /** A comment for people who know it under one of these titles: it got worse. */
  readonly worse: { readonly than: readonly string[]; readonly comment: string };
  /** Closed not long ago: opened again with this comment, instead of a new one; null: there is none. */
  readonly again: { readonly number: number; readonly comment: string } | null;
}
