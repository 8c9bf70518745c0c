/** The table of rooms in docs/architecture.md, as rules. Run by scripts/check-layers.ts, which fails when nothing was cruised. */
const test = '\\.(test|contract)\\.tsx?$|/test/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'kit-knows-nothing-above',
      severity: 'error',
      from: { path: '^kit/' },
      to: { path: '^(idp|dialpad-sandbox|scenarios)/' },
    },
    {
      name: 'idp-and-sandbox-meet-over-http',
      severity: 'error',
      from: { path: '^idp/' },
      to: { path: '^(dialpad-sandbox|scenarios)/' },
    },
    {
      name: 'sandbox-and-idp-meet-over-http',
      severity: 'error',
      from: { path: '^dialpad-sandbox/' },
      to: { path: '^(idp|scenarios)/' },
    },
    {
      name: 'core-is-pure',
      comment: 'Decisions take values and return values.',
      severity: 'error',
      from: { path: '^(idp/core|dialpad-sandbox/domain|kit/scim)/', pathNot: test },
      to: {
        path: '^(express|lowdb|zod|oidc-provider|preact)$|^node_modules/(express|lowdb|zod|oidc-provider|preact)/|^(node:)?(fs|http|https|net|fs/promises)$',
      },
    },
    {
      name: 'core-and-engine-know-no-vendor',
      severity: 'error',
      from: { path: '^idp/(core|engine|protocols)/' },
      to: { path: '^idp/(vendors|gallery)/' },
    },
    {
      name: 'core-knows-no-engine',
      severity: 'error',
      from: { path: '^idp/core/' },
      to: { path: '^idp/(engine|protocols)/' },
    },
    {
      name: 'vendors-are-islands',
      severity: 'error',
      from: { path: '^idp/vendors/([^/]+)/' },
      to: { path: '^idp/vendors/', pathNot: '^idp/vendors/$1/' },
    },
    {
      name: 'gallery-knows-no-vendor',
      severity: 'error',
      from: { path: '^idp/gallery/' },
      to: { path: '^idp/vendors/' },
    },
    {
      name: 'domain-knows-no-surface',
      severity: 'error',
      from: { path: '^dialpad-sandbox/(domain|commands)/' },
      to: { path: '^dialpad-sandbox/(scim|portal|sign-in)/' },
    },
    {
      name: 'scenarios-uses-the-front-doors',
      comment: 'Only the composition of the others: their app.ts, spec.ts, fidelity.ts.',
      severity: 'error',
      from: { path: '^scenarios/' },
      to: { path: '^(idp|dialpad-sandbox)/', pathNot: '^(idp|dialpad-sandbox)/(app|spec|ledger)\\.tsx?$' },
    },
    {
      name: 'renderers-only-in-ui',
      severity: 'error',
      from: { pathNot: '^kit/ui/' },
      to: { path: 'preact-render-to-string' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { pathNot: `${test}|^scripts/|^scenarios/` },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
