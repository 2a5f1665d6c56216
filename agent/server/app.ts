import type { Server } from 'node:https'
import type { FastifyInstance } from 'fastify'

export type App = FastifyInstance<Server>
