import { build } from 'esbuild'

/** Writes each program of ours as one module of its name into a folder below this checkout, whose packages it finds there. */
export async function bundle(programs: string[], folder: string): Promise<void> {
  await build({
    entryPoints: programs,
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
  })
}
