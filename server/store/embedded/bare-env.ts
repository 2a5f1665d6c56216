/** Environment of PostgreSQL's programs: nothing of ours, and one locale and zone everywhere. */
export const bareEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' } as const
