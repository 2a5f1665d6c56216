-- CreateTable
CREATE TABLE "incident_log_line" (
    "incident_id" UUID NOT NULL,
    "node" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "digest" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "times" INTEGER NOT NULL,

    CONSTRAINT "incident_log_line_pkey" PRIMARY KEY ("incident_id","node","program","at","digest")
);

-- CreateTable
CREATE TABLE "incident_log_source" (
    "incident_id" UUID NOT NULL,
    "node" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "read_to" TIMESTAMPTZ(6),
    "seen_at" TIMESTAMPTZ(6),
    "problem" TEXT,
    "left_out" INTEGER NOT NULL DEFAULT 0,
    "is_cut" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "incident_log_source_pkey" PRIMARY KEY ("incident_id","node","program")
);

-- CreateTable
CREATE TABLE "incident_log_look" (
    "incident_id" UUID NOT NULL,
    "looked_at" TIMESTAMPTZ(6) NOT NULL,
    "is_over" BOOLEAN NOT NULL,

    CONSTRAINT "incident_log_look_pkey" PRIMARY KEY ("incident_id")
);

-- AddForeignKey
ALTER TABLE "incident_log_line" ADD CONSTRAINT "incident_log_line_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_log_source" ADD CONSTRAINT "incident_log_source_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_log_look" ADD CONSTRAINT "incident_log_look_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
