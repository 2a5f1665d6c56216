-- AlterTable
ALTER TABLE "worker" ADD COLUMN "late_ms" INTEGER;
