-- AlterTable
ALTER TABLE "backup_view" ADD COLUMN     "last_backup_at" TIMESTAMPTZ(6),
ADD COLUMN     "overdue" TEXT;

alter table backup_view
  add constraint backup_view_overdue_known check (overdue in ('critical', 'warning'));

-- Whether one is overdue is told by the next look.
update backup_view
   set last_backup_at = (
         select max((each ->> 'stoppedAt')::timestamptz)
           from jsonb_array_elements(body -> 'stanza' -> 'backups') each
          where (each ->> 'isOfThisCluster')::boolean)
 where jsonb_typeof(body -> 'stanza' -> 'backups') = 'array';
