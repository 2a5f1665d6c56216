import { z } from 'zod'
import { alerts, incident, incidentPage, ruleTrial, rules, silence } from './shapes/alerts.ts'
import { invited, nodeAgents, nodeOf } from './shapes/agents.ts'
import { channel, channels, channelTest, deliveryLog, notification, shownRoutes } from './shapes/notifications.ts'
import { backups } from './shapes/backups.ts'
import { cluster, clusterConfig, discovery, fleet, removed } from './shapes/clusters.ts'
import { history } from './shapes/history.ts'
import { keptSamples } from './shapes/kept-samples.ts'
import { backupPlan, operation, operationPage, plan } from './shapes/operations.ts'
import { extractFile, rehearsalPlan } from './shapes/rehearsals.ts'
import { expiryPreview, repositoryPlan } from './shapes/repositories.ts'
import { auditChoice } from '../inputs/audit.ts'
import { schedules } from './shapes/schedules.ts'
import { checkedSetup } from './shapes/setup.ts'
import { auditPage, auditProof, eventPage, invitedPerson, session, token, user, whoAmI } from './shapes/records.ts'
import { shownStack, shownTraffic } from './shapes/stack.ts'
import { haproxyPlan, poolerCommandPlan, poolerPausePlan, signalPlan } from './shapes/stack-acts.ts'
import { commitsLook, releasePlan, restorePlan } from './shapes/restores.ts'

/** What REST answers for each procedure that has an address. */
export const answers: Record<string, z.ZodType> = {
  'session.whoami': whoAmI,
  'clusters.list': fleet,
  'clusters.get': cluster,
  'clusters.discover': discovery,
  'clusters.add': clusterConfig,
  'clusters.update': clusterConfig,
  'clusters.remove': removed,
  'alerts.list': alerts,
  'alerts.rules': rules,
  'alerts.tryRule': ruleTrial,
  'alerts.setRule': rules,
  'incidents.list': incidentPage,
  'incidents.get': incident,
  'incidents.markdown': z.object({ name: z.string(), markdown: z.string() }),
  'incidents.acknowledge': incident,
  'incidents.note': incident,
  'runbooks.get': z.object({ name: z.string(), markdown: z.string() }),
  'silences.list': z.array(silence),
  'silences.create': silence,
  'silences.end': silence,
  'agents.list': nodeAgents,
  'agents.invite': invited,
  'agents.cancelInvitation': nodeOf,
  'agents.remove': nodeOf,
  'backups.list': backups,
  'events.list': eventPage,
  'history.series': history,
  'history.kept': keptSamples,
  'history.keepFor': keptSamples,
  'backends.preview': signalPlan,
  'backends.signal': operation,
  'poolers.preview': z.union([poolerPausePlan, poolerCommandPlan]),
  'poolers.command': operation,
  'haproxy.preview': haproxyPlan,
  'haproxy.command': operation,
  'backups.preview': backupPlan,
  'backups.request': operation,
  'repositories.preview': repositoryPlan,
  'repositories.expiryPreview': expiryPreview,
  'repositories.request': operation,
  'repositories.setUp': operation,
  'repositories.expire': operation,
  'schedules.get': schedules,
  'schedules.setBackups': schedules,
  'schedules.setRehearsals': schedules,
  'stack.get': shownStack,
  'stack.traffic': shownTraffic,
  'setup.checks': checkedSetup,
  'switchover.preview': plan,
  'switchover.request': operation,
  'notifications.channels': channels,
  'notifications.routes': shownRoutes,
  'notifications.log': deliveryLog,
  'notifications.addChannel': channel,
  'notifications.changeChannel': channel,
  'notifications.removeChannel': z.object({ name: z.string() }),
  'notifications.testChannel': channelTest,
  'notifications.setRoutes': shownRoutes,
  'notifications.retry': notification,
  'notifications.dismiss': notification,
  'operations.list': operationPage,
  'operations.get': operation,
  'operations.cancel': operation,
  'operations.decide': operation,
  'operations.report': z.object({ name: z.string(), markdown: z.string() }),
  'restores.preview': restorePlan,
  'restores.request': operation,
  'restores.commits': commitsLook,
  'rehearsals.preview': rehearsalPlan,
  'rehearsals.request': operation,
  'rehearsals.list': z.array(operation),
  'rehearsals.file': extractFile,
  'releases.preview': releasePlan,
  'releases.request': operation,
  'audit.list': auditPage,
  'audit.verify': auditProof,
  'audit.exported': auditChoice,
  'users.list': z.array(user),
  'users.create': z.object({ user, password: z.string() }),
  'users.invite': invitedPerson,
  'users.inviteAgain': invitedPerson,
  'users.update': user,
  'users.grant': user,
  'users.revoke': user,
  'users.sessions': z.array(session),
  'users.endSession': z.object({ ended: z.int() }),
  'users.resetPassword': z.object({ password: z.string() }),
  'tokens.list': z.array(token),
  'tokens.create': z.object({ id: z.string(), token: z.string() }),
  'tokens.revoke': z.object({ id: z.string() }),
}
