import { posix } from 'node:path'
import { layers, testsMayAlso, zoneOf, isBelow } from './layers.js'
import { pathOf, isTest } from './paths.js'

/** Holds every import, relative or by `#`, to the table in layers.js. */
export const layering = {
  create(context) {
    const path = pathOf(context)
    const zone = zoneOf(path)
    if (zone === null) return {}
    const check = (node, source, isTypeOnly) => {
      const target = typeof source === 'string' ? targetOf(path, source) : null
      if (target === null) return
      const message = complaint(path, zone, target, isTypeOnly)
      if (message !== null) context.report({ node, message })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source.value, node.importKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source?.value, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source.value, false),
      TSImportType: (node) => check(node, node.source?.value, true),
    }
  },
}

/** The path from the root that a specifier names; null for packages. */
export function targetOf(path, source) {
  if (source.startsWith('#')) return source.slice(1)
  if (!source.startsWith('.')) return null
  return posix.join(posix.dirname(path), source)
}

function complaint(path, zone, target, isTypeOnly) {
  const row = layers[zone]
  if (row === undefined) return `${zone} has no row in tools/lint/layers.js: say there what it may import.`
  if (target.startsWith('..')) return `${target} lies outside the project.`
  if (zoneOf(target) === zone || !target.includes('/')) return null
  const allowed = [...row.may, ...(isTypeOnly ? (row.types ?? []) : []), ...(isTest(path) ? testsMayAlso : [])]
  if (allowed.some((entry) => isBelow(target, entry))) return null
  // A zone may use its own subfolders, which have rows of their own: components use components/ui.
  if (isBelow(target, zone)) return null
  if ((row.types ?? []).some((entry) => isBelow(target, entry))) {
    return `${zone} may import ${target} by \`import type\` only.`
  }
  return `${zone} may not import ${target}: it may import ${row.may.join(', ') || 'nothing'} and its own files.`
}
