-- AlterTable
ALTER TABLE "node_sight" ADD COLUMN     "data_place" JSONB;

-- An agent that errs must not fill the store.
alter table node_sight add constraint node_sight_place_bounded check (pg_column_size(data_place) <= 65536);
