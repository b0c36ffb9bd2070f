/** Own Kubernetes shapes of secrets; each with its replacement. Order matters: whole blocks before lines. */
const rules: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    '[redacted:private-key]',
  ],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, '[redacted:jwt]'],
  [/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})/g, '[redacted:github-token]'],
  [/\bxox[a-z]-[\w-]{10,}/g, '[redacted:slack-token]'],
  [/\bsk-ant-[\w-]{10,}/g, '[redacted:anthropic-key]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[redacted:aws-key]'],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s:/@]{0,100}:[^\s/@]{1,200}@/gi, '$1[redacted:credentials]@'],
  [
    /\b(authorization\s*[:=]\s*)(?:bearer|basic|token)?\s*[^\s,;"']{6,}/gi,
    '$1[redacted:authorization]',
  ],
  [/\b(bearer\s+)[\w.~+/-]{12,}=*/gi, '$1[redacted:token]'],
  [
    /\b([\w.-]{0,40}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?["']?\s*[:=]\s*["']?)(?!\[redacted)(?=[^\s"',;]{4,})[^\s"',;&]+/gi,
    '$1[redacted:value]',
  ],
];

/** `text` with every secret that a rule knows replaced by `[redacted:kind]`. Pure; the same text always gives the same answer. */
export function redact(text: string): string {
  if (text.length < 8) return text;
  let clean = text;
  for (const [pattern, replacement] of rules) clean = clean.replace(pattern, replacement);
  return clean;
}
