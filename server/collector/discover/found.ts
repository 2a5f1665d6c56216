import type { Discovery } from '#domain/fleet/cluster.ts'

/** What a discovery gathers while it goes on. */
export type Found = Pick<Discovery, 'errors' | 'endpoints'>

/** What the members say the cluster is. */
export type Identity = Pick<Discovery, 'scope' | 'systemIdentifier' | 'isStandbyCluster' | 'patroniVersion' | 'members'>
