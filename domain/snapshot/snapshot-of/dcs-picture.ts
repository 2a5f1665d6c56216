import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import type { DcsPicture } from './picture.ts'
import { pictureFromEtcd } from './picture-from-etcd.ts'
import { pictureFromViews } from './picture-from-views.ts'

/** The best picture there is now: etcd's keys while they are current, else the members' word; null where neither can be had. */
export function dcsPictureOf(readings: ClusterReadings, now: Date): DcsPicture | null {
  return pictureFromEtcd(readings, now) ?? pictureFromViews(readings, now)
}
