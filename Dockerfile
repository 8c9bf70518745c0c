# One image for all services; docker-compose.yml chooses what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY contract ./contract
COPY kit ./kit
COPY idp ./idp
COPY dialpad-sandbox ./dialpad-sandbox
COPY scenarios ./scenarios
RUN node --conditions=source --import tsx scripts/build.ts
RUN npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# A new volume takes over the owner of the folder it is mounted on.
RUN mkdir -p /app/data && chown node:node /app/data
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
USER node
CMD ["node", "dist/scenarios/main.js"]
