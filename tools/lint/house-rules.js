import { layering, targetOf } from './layering.js'
import { isRootConfig, isTest, pathOf } from './paths.js'

const noProcessEnv = {
  create(context) {
    const path = pathOf(context)
    const isAllowed =
      path === 'server/env.ts' || /^(tools|lab|e2e|bin)\//.test(path) || isTest(path) || isRootConfig(path)
    if (isAllowed) return {}
    const message = 'The environment is read in server/env.ts alone: take what you need as an argument.'
    return {
      MemberExpression(node) {
        if (node.object.type === 'Identifier' && node.object.name === 'process' && nameOf(node.property) === 'env') {
          context.report({ node, message })
        }
      },
      ImportSpecifier(node) {
        const isProcess = /^(node:)?process$/.test(node.parent.source.value)
        if (isProcess && nameOf(node.imported) === 'env') context.report({ node, message })
      },
    }
  },
}

const noPrismaOutsideStore = {
  create(context) {
    const path = pathOf(context)
    if (/^server\/(store|audit)\//.test(path) || path === 'tools/migrate.ts' || isRootConfig(path)) return {}
    return {
      ImportDeclaration(node) {
        const source = node.source.value
        const isPrisma =
          /^(@prisma\/|prisma(\/|$))/.test(source) || targetOf(path, source)?.startsWith('server/store/generated')
        if (isPrisma) context.report({ node, message: 'Prisma is used in server/store and server/audit alone.' })
      },
      MemberExpression(node) {
        if (nameOf(node.property) !== 'prisma') return
        context.report({ node, message: 'Queries live in server/store: add a function there and call it.' })
      },
    }
  },
}

const noBareMutation = {
  create(context) {
    const path = pathOf(context)
    if (!path.startsWith('server/api/') || isTest(path)) return {}
    return {
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression' || nameOf(node.callee.property) !== 'mutation') return
        if (isInside(node, 'command') || rootCallee(node.callee.object) === 'command') return
        context.report({ node, message: 'A mutation exists only as command({ permission, audit }).' })
      },
    }
  },
}

const noBarrel = {
  create(context) {
    const path = pathOf(context)
    const message = 'No re-exports: the one who needs it imports the file it stands in.'
    return {
      Program(node) {
        if (/(^|\/)index\.[cm]?[jt]sx?$/.test(path))
          context.report({ node, message: 'No index files: name the file after its idea.' })
      },
      ExportAllDeclaration: (node) => context.report({ node, message }),
      ExportNamedDeclaration(node) {
        // Next reads a route's handlers from the route's own file.
        if (node.source && !path.startsWith('app/')) context.report({ node, message })
      },
    }
  },
}

const noVagueName = {
  create(context) {
    return {
      Program(node) {
        const vague = pathOf(context)
          .split('/')
          .find((part) => /^(utils?|helpers?|common|misc)(\.|$)/.test(part))
        if (vague !== undefined) context.report({ node, message: `"${vague}" says nothing: name it after its idea.` })
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    layering,
    'no-process-env': noProcessEnv,
    'no-prisma-outside-store': noPrismaOutsideStore,
    'no-bare-mutation': noBareMutation,
    'no-barrel': noBarrel,
    'no-vague-name': noVagueName,
  },
}

function nameOf(node) {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' ? node.value : null
}

/** The function at the root of a chain: `command` of `command({...}).input(x)`. */
function rootCallee(node) {
  let at = node
  while (at.type === 'CallExpression' || at.type === 'MemberExpression') {
    if (at.type === 'CallExpression' && at.callee.type === 'Identifier') return at.callee.name
    at = at.type === 'CallExpression' ? at.callee : at.object
  }
  return null
}

function isInside(node, functionName) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'FunctionDeclaration' && at.id?.name === functionName) return true
  }
  return false
}
