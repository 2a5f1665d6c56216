import { relative, sep } from 'node:path'

/** The linted file's path from the project's root, with forward slashes. */
export function pathOf(context) {
  return relative(context.cwd, context.filename).split(sep).join('/')
}

export function isTest(path) {
  return /\.test\.[cm]?[jt]sx?$/.test(path)
}

/** Configuration files at the root are read by their tools, not by the console. */
export function isRootConfig(path) {
  return !path.includes('/') && /\.config\.[cm]?[jt]s$/.test(path)
}
