import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './console/root.ts'

// What runs for months is translated once, not each time that it starts: whoever translates stays in the process, with a thread of its own.
await build({
  entryPoints: [join(root, 'server/worker.ts'), join(root, 'tools/console/end-with-parent.ts')],
  outdir: join(root, '.next/worker'),
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
})
