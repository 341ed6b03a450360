import { DataSource, EntitySchema } from "typeorm";

const Booking = new EntitySchema({
  name: "Booking",
  columns: {
    number: { type: Number, primary: true, generated: true },
    court: { type: Number },
    hour: { type: "timestamptz" },
  },
});

const database = await new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [Booking],
}).initialize();

export function book({ court, hour }) {
  return database.getRepository(Booking).save({ court, hour });
}
