/** Serves the demo's cluster on loopback until it is stopped, and writes its kubeconfig: `node scripts/demo-cluster.ts FILE` (Node 24). */
import { writeFileSync } from 'node:fs';
import { startApiServer } from '../src/adapters/demo/api-server.ts';
import { firstLook, shopObjects } from '../src/adapters/demo/shop.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Give the file that the kubeconfig goes to');
const server = await startApiServer({ objects: shopObjects, now: () => firstLook });
writeFileSync(file, server.kubeconfig, { mode: 0o600 });
