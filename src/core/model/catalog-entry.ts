/** A silence, maintenance window or known issue as people look it up. */
export interface CatalogEntry {
  readonly kind: 'silence' | 'maintenance' | 'known issue';
  /** Whose known issue it is; null: it is for all. */
  readonly service: string | null;
  /** Of the file; 0: not known. */
  readonly line: number;
  /** As findings that it hides name it. */
  readonly note: string;
  /** RFC 3339; null: it does not end. */
  readonly until: string | null;
  /** `closed`: its recurring hours are not now. */
  readonly standing: 'in force' | 'not yet' | 'closed' | 'expired';
}
