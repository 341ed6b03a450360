FROM node:22
WORKDIR /app

# Everything at once: from here on, every edit is a new start.
COPY . .
RUN npm ci
RUN npm run build

EXPOSE 3000
CMD ["node", "dist/src/server.js"]
