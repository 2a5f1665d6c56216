-- What somebody may still do of something dear, as it stood at a moment; it fills up again by itself.
CREATE TABLE "allowance" (
    "key" TEXT NOT NULL,
    "left_over" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "allowance_pkey" PRIMARY KEY ("key")
);
