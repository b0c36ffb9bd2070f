import type { Root } from '../model/incident.ts';

const prime = 0x100000001b3n;
const offset = 0xcbf29ce484222325n;
const mask = 0xffffffffffffffffn;

/** 64-bit FNV-1a over UTF-16 units, as 16 hex digits. Not cryptographic: it names, it does not protect. */
function hash64(text: string): string {
  let hash = offset;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    hash = ((hash ^ BigInt(unit & 0xff)) * prime) & mask;
    hash = ((hash ^ BigInt(unit >> 8)) * prime) & mask;
  }
  return hash.toString(16).padStart(16, '0');
}

/** An incident's name for ever: root object and canonical reason, nothing that a pod rename or a passing state changes. */
export function fingerprintOf(root: Root): string {
  // JSON, because a name may hold any separator.
  return hash64(JSON.stringify([root.kind, root.namespace, root.name, root.reason]));
}
