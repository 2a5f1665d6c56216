import { join } from 'node:path'
import { bundle } from './console/bundle.ts'
import { root } from './console/root.ts'

// What runs for months is translated once, not each time that it starts: whoever translates stays in the process, with a thread of its own.
const programs = ['server/worker.ts', 'tools/console/end-with-parent.ts']
await bundle(
  programs.map((name) => join(root, name)),
  join(root, '.next', 'worker'),
)
