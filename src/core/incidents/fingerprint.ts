import type { Root } from '../model/incident.ts';

/** Offset basis and prime of 64-bit FNV-1a; a prime of 2^40 + 0x1b3. */
const offset = { high: 0xcbf29ce4, low: 0x84222325 };
const primeLow = 0x1b3;
const half = 2 ** 32;

/** 64-bit FNV-1a over the bytes of UTF-16 units, as 16 hex digits. Not cryptographic: it names, it does not protect. */
function hash64(text: string): string {
  // Two halves of 32 bits: whole numbers of 64 bits are slow.
  let { high, low } = offset;
  for (let at = 0; at < text.length * 2; at++) {
    const unit = text.charCodeAt(at >> 1);
    const byte = at % 2 === 0 ? unit & 0xff : unit >> 8;
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * primeLow;
    high = (high * primeLow + mixed * 2 ** 8 + Math.floor(product / half)) % half;
    low = product % half;
  }
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** An incident's name for ever: root object and canonical reason, nothing that a pod rename or a passing state changes. */
export function fingerprintOf(root: Root): string {
  // JSON, because a name may hold any separator.
  return hash64(JSON.stringify([root.kind, root.namespace, root.name, root.reason]));
}
