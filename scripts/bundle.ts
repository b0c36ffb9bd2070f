/** Makes dist/ from build/: esbuild with splitting, then ncc, then the three launchers. Run it through `npm run build`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ncc from '@vercel/ncc';
import { build, type Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const at = (...parts: string[]): string => path.join(root, ...parts);
const entries = ['main', 'post', 'cli'];

/** Licences come from one ncc run over what tsc wrote: the split input has lost them. */
async function licences(): Promise<string> {
  const index = at('build', 'index.js');
  writeFileSync(
    index,
    entries.map((name) => `export const ${name} = () => import('./${name}.js');\n`).join(''),
  );
  const { assets } = await ncc(index, { license: 'licenses.txt', quiet: true, cache: false });
  return String(assets['licenses.txt']?.source ?? '');
}

/** The Kubernetes client says of none of its 900 generated files that importing it does nothing; it is so, and what is unused can go (0.3 MB and 30 ms at start). */
const generatedIsPure: Plugin = {
  name: 'generated-is-pure',
  setup(esbuild) {
    esbuild.onResolve({ filter: /\.js$/ }, async ({ path: asked, ...from }) => {
      if (from.pluginData === 'asked' || !from.importer.includes('/@kubernetes/client-node/dist/'))
        return undefined;
      const { resolveDir, kind, importer } = from;
      const found = await esbuild.resolve(asked, {
        resolveDir,
        kind,
        importer,
        pluginData: 'asked',
      });
      return { ...found, sideEffects: false };
    });
  },
};

/** tsc ▶ esbuild (drops what is unused, splits what is lazy) ▶ ncc (one folder, no copy of its input). */
async function bundle(): Promise<void> {
  const split = at('build', 'split');
  rmSync(split, { recursive: true, force: true });
  await build({
    entryPoints: [at('build', 'index.js')],
    outdir: split,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [generatedIsPure],
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(path.join(split, 'package.json'), '{"type":"module"}\n');
  const { code, assets } = await ncc(path.join(split, 'index.js'), { quiet: true, cache: false });
  const dist = at('dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeFileSync(path.join(dist, 'index.js'), code);
  for (const [name, { source }] of Object.entries(assets)) {
    const file = path.join(dist, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
}
const text = await licences();
await bundle();
writeFileSync(at('dist', 'licenses.txt'), text);
for (const name of entries)
  writeFileSync(
    at('dist', `${name}.js`),
    `import { ${name} } from './index.js';\nawait ${name}();\n`,
  );
