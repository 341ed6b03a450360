import pg from "pg";
import { z } from "zod";

const Parcel = z.object({
  number: z.string(),
  status: z.enum(["accepted", "on-the-way", "delivered"]),
  updated: z.coerce.string(),
});

export type Parcel = z.infer<typeof Parcel>;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });

export async function byNumber(number: string): Promise<Parcel | undefined> {
  const found = await pool.query(
    "select number, status, updated from parcels where number = $1",
    [number],
  );
  return found.rows[0] === undefined ? undefined : Parcel.parse(found.rows[0]);
}
