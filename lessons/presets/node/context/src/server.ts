import express from "express";
import { parcels } from "./parcels";

const app = express();
app.use(express.json());
app.use("/parcels", parcels);

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => console.log(`The desk is open on port ${port}`));
