FROM node:22
WORKDIR /app

# What the dependencies are changes rarely, so it comes first.
COPY package.json package-lock.json ./
RUN npm ci

# The source changes all the time, so it comes last.
COPY . .
RUN npm run build

EXPOSE 3000
CMD ["node", "dist/src/server.js"]
