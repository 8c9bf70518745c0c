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
# Demonstrations play in this browser, and the kit home shows its pictures. It runs as the user below and goes to the kit's own
# addresses only; the container's walls take the place of its sandbox, which would need rights a container does not have. It draws
# by itself: the drivers of graphics cards and their compiler, a fifth of all this, stay out.
RUN apt-get update -qq \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation \
  && dpkg --purge --force-depends libgl1-mesa-dri libllvm15 libz3-4 \
  && apt-get clean \
  && rm -rf /var/lib/apt/lists/*
ENV CHROMIUM_PATH=/usr/bin/chromium-headless-shell CHROMIUM_SANDBOX=off
# A new volume takes over the owner of the folder it is mounted on.
RUN mkdir -p /app/data && chown node:node /app/data
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
USER node
CMD ["node", "dist/scenarios/main.js"]
