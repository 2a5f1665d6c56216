-- Asked for each cluster every few seconds; nearly all of what was told arrived.
create index notification_undelivered on notification (cluster_id) where state in ('waiting', 'dead');
