const dnsName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const kindName = /^[A-Za-z][A-Za-z0-9]{0,62}$/;

/** Whether Kubernetes can have accepted it as a name (DNS-1123 subdomain, at most 253). Such a text is one shell word and no option. */
export function isDnsName(text: string): boolean {
  return dnsName.test(text);
}

/** Whether it can be a kind: `Pod`, `PersistentVolumeClaim`. */
export function isKindName(text: string): boolean {
  return kindName.test(text);
}
