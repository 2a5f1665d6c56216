import { chmod, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type BuildOptions, type Plugin } from 'esbuild'

/** Bundles the agent into one file that needs Node and nothing else on the machines it is copied to. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outfile = join(root, '.state/agent/matriarch-agent.mjs')

// Some packages are CommonJS: what they require of Node itself must find a require in this module.
const requireForPackages = [
  "import { createRequire as makeRequire } from 'node:module'",
  "import { dirname as folderOf } from 'node:path'",
  "import { fileURLToPath as pathOf } from 'node:url'",
  'const require = makeRequire(import.meta.url), __filename = pathOf(import.meta.url), __dirname = folderOf(__filename)',
].join(';')

// zod brings its messages in some fifty languages; the agent's log is in one.
const oneLanguage: Plugin = {
  name: 'one-language',
  setup(building) {
    building.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

// The agent gives Fastify none to compile.
const noCompilers: Plugin = {
  name: 'no-compilers',
  setup(building) {
    building.onLoad({ filter: /[\\/]@fastify[\\/](ajv|fast-json-stringify)-compiler[\\/]/ }, () => ({
      contents: "module.exports = () => { throw new Error('This is left out of the agent.') }",
    }))
  },
}

const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions

// What main.ts imports only for one of its commands lies in the file packed, and is parsed for that command alone: a job starts the
// program twice, and to parse all of it would take longer than most jobs.
const packedParts: Plugin = {
  name: 'packed-parts',
  setup(building) {
    building.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' ? { path: join(resolveDir, path), namespace: 'part' } : null,
    )
    building.onLoad({ filter: /.*/, namespace: 'part' }, async ({ path }) => {
      const { outputFiles } = await build({
        ...bundling,
        // Required, not entered: so each module keeps a function of its own, and one for all would take 12 MB to compile.
        stdin: { contents: `module.exports = require(${JSON.stringify(path)})`, resolveDir: root },
        format: 'cjs',
        write: false,
        plugins: [oneLanguage, noCompilers],
      })
      const text = `(function (require, module, exports) {'use strict';${outputFiles[0]?.text ?? ''}\n})`
      const filename = JSON.stringify(basename(path))
      return {
        contents: `const text = ${toldAs(text)}
          new (require('node:vm').Script)(text, { filename: ${filename} }).runInThisContext()(require, module, module.exports)`,
      }
    })
  },
}

// What a job starts is short and started often: to unpack it would take longer than to read past it. What serves is long and started seldom.
function toldAs(text: string): string {
  if (text.length < 400_000) return JSON.stringify(text)
  const packed = gzipSync(text, { level: 9 }).toString('base64')
  return `require('node:zlib').gunzipSync(Buffer.from('${packed}', 'base64')).toString()`
}

await build({
  ...bundling,
  entryPoints: [join(root, 'agent/main.ts')],
  outfile,
  format: 'esm',
  plugins: [packedParts],
  banner: { js: `#!/usr/bin/env node\n${requireForPackages}` },
})
await chmod(outfile, 0o755)
console.log(`${outfile}: ${Math.round((await stat(outfile)).size / 1024)} KiB`)
