import { config } from 'zod/mini'
import english from 'zod/v4/locales/en.js'

/** The small schemas say nothing of a fault by themselves: this gives them their words. */
config(english())
