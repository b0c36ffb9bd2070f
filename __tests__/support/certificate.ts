import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const openssl = 'openssl';

/** Where there is no openssl, nothing that needs a certificate can be tried. */
export const hasOpenssl = spawnSync(openssl, ['version']).status === 0;

/** A certificate for 127.0.0.1 that nobody signed but itself; `file`: where it lies, for NODE_EXTRA_CA_CERTS. */
export function makeCertificate(): { cert: string; key: string; file: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  execFileSync(
    openssl,
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test -addext'
      .split(' ')
      .concat('subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert),
    { stdio: 'ignore' },
  );
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8'), file: cert };
}
