import { createTransport } from "nodemailer";

const transport = createTransport({ host: process.env.SMTP_HOST ?? "mail", port: 25 });
await transport.sendMail({
  from: "shop@example.com",
  to: process.argv[2],
  subject: "Your order",
  text: "It is on its way.",
});
