import type { DataPlace } from '#domain/recovery/data-place.ts'

/** Data that lies whole in a folder which can be set aside. */
export function madePlace(change: Partial<DataPlace> = {}): DataPlace {
  return {
    folder: '/var/lib/pg/data',
    linkedTo: null,
    isMount: false,
    walPath: null,
    tablespaces: [],
    isParentWritable: true,
    obstacles: [],
    ...change,
  }
}
