import { fit, nameLine, oneLine } from './plain-text.ts';

/** Text where Slack reads entities and `<…>`: `text`, headers, mrkdwn. Without these three nothing pings and nothing links. */
function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Some clients turn a bare `@here` into a mention whatever `verbatim` says; a full-width sign does not. */
function quietAt(text: string): string {
  return text.replace(/@(?=here|channel|everyone|group)/gi, '＠');
}

/** One line for `text` and for plain_text objects, at most `limit` units once escaped. */
export function slackPlain(text: string, limit: number): string {
  return fit(quietAt(oneLine(text, limit)), limit, entities);
}

/** A name as inline code in mrkdwn, at most `limit` units of its own before escaping. */
export function slackCode(name: string, limit: number): string {
  return `\`${entities(quietAt(nameLine(name, limit).replace(/`/g, "'")))}\``;
}

/**
 * Free text for a rich_text element, which Slack shows as it is: no entities there. Only what would
 * be a control sequence elsewhere (`<!`, `<@`, `<#`, `<https:`) loses its bracket, should a client or a copy read it so.
 */
export function slackLiteral(text: string, limit: number): string {
  return quietAt(nameLine(text, limit)).replace(/<(?=[!@#]|[a-z][a-z0-9+.-]*:)/gi, '‹');
}

/** A link of our own, or null where the URL is not https. `label` is ours too. */
export function slackLink(url: string | null, label: string): string | null {
  if (url === null || !/^https:\/\/[^\s"\\`]{1,500}$/.test(url)) return null;
  const safe = oneLine(url, 600)
    .replace(/&/g, '&amp;')
    .replace(/</g, '%3C')
    .replace(/>/g, '%3E')
    .replace(/\|/g, '%7C');
  return `<${safe}|${label}>`;
}

/** The link, or its label alone where there can be none. */
export function slackLabel(url: string, label: string): string {
  return slackLink(url, label) ?? label;
}

/** A person who answered an alert, by the id that Slack itself gave; a login as code. */
export function slackPerson(by: string): string {
  return /^[UW][A-Z0-9]{6,}$/.test(by) ? `<@${by}>` : slackCode(by, 40);
}

/** The mention as the catalog gives it, or empty: whatever is not exactly a mention is dropped. */
export function slackMention(mention: string | null): string {
  const valid = /^<(@[UW][A-Z0-9]{6,20}|!subteam\^S[A-Z0-9]{6,20}|!here|!channel)>$/;
  return mention !== null && valid.test(mention) ? mention : '';
}
