/**
 * The import rules, checked on the whole graph: what .oxlintrc.json sees in one file (a forbidden layer) and what it
 * cannot see (cycles, one domain inside another, files that nobody uses). Run with `npm run imports`.
 * tests/architecture/layers.test.ts keeps a forbidden import in tests/architecture/canary that must be reported,
 * because this tool says "no violations" when it cannot read TypeScript at all.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-stays-shared',
      comment: 'src-shared runs in every process.',
      severity: 'error',
      from: { path: '(^|/)src-shared/' },
      to: { path: '(^|/)(src-main/|src-renderer/|drizzle/|tests/(?!architecture/canary)|tools/)' },
    },
    {
      name: 'shared-is-pure',
      comment: 'No I/O, no DOM library, no database in src-shared.',
      severity: 'error',
      from: { path: '(^|/)src-shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '(^|/)src-shared/kernel/' },
      to: { path: '(^|/)src-shared/', pathNot: '(^|/)src-shared/kernel/' },
    },
    {
      name: 'shared-domain-takes-only-models-of-others',
      comment: "Another domain's shapes (model) may be used; its rules and promises are its own. Whether two rows of an import are one person is judged by the rules that judge everybody.",
      severity: 'error',
      from: { path: '(^|/)src-shared/domains/([^/]+)/', pathNot: '(^|/)src-shared/domains/migration/csv/(match|evidence)\\.ts$' },
      to: { path: '(^|/)src-shared/domains/[^/]+/', pathNot: ['(^|/)src-shared/domains/$2/', '/model[^/]*\\.ts$'] },
    },
    {
      name: 'main-side-without-screens',
      severity: 'error',
      from: { path: '(^|/)(src-main|drizzle)/' },
      to: { path: '(^|/)(src-renderer/|tests/(?!architecture/canary)|tools/)' },
    },
    {
      name: 'electron-only-in-the-shell',
      comment: 'The core is started without Electron too: headless host, CLI, tests.',
      severity: 'error',
      from: { path: '(^|/)src-main/', pathNot: '(^|/)src-main/(shell|preload)/' },
      to: { path: '(^|/)node_modules/electron(/|$)|^electron$' },
    },
    {
      name: 'core-without-shell',
      severity: 'error',
      from: { path: '(^|/)src-main/(core|domains)/' },
      to: { path: '(^|/)src-main/(shell|preload|cli)/' },
    },
    {
      name: 'shell-without-domains',
      comment: 'The shell knows windows and processes; the core knows the clinic.',
      severity: 'error',
      from: { path: '(^|/)src-main/(shell|preload)/' },
      to: { path: '(^|/)(src-main/domains|drizzle)/' },
    },
    {
      name: 'procedures-only-call-their-service',
      severity: 'error',
      from: { path: '(^|/)src-main/domains/([^/]+)/procedures\\.ts$' },
      to: { path: '(^|/)(drizzle/|src-main/domains/)', pathNot: '(^|/)src-main/domains/$2/(?!repository)' },
    },
    {
      name: 'sql-belongs-to-its-domain',
      comment: "Another domain is reached through its service, never through its tables' repository.",
      severity: 'error',
      from: { path: '(^|/)src-main/domains/([^/]+)/' },
      to: { path: '(^|/)src-main/domains/[^/]+/(repository|procedures)[^/]*\\.ts$', pathNot: '(^|/)src-main/domains/$2/' },
    },
    {
      name: 'services-hold-no-sql',
      severity: 'error',
      from: { path: '(^|/)src-main/domains/[^/]+/service[^/]*\\.ts$' },
      to: { path: '(^|/)(drizzle/schema|node_modules/(drizzle-orm|better-sqlite3))/' },
    },
    {
      name: 'repositories-call-nobody',
      severity: 'error',
      from: { path: '(^|/)src-main/domains/[^/]+/repository[^/]*\\.ts$' },
      to: { path: '(^|/)src-main/domains/[^/]+/(service|procedures)[^/]*\\.ts$' },
    },
    {
      name: 'schema-knows-only-constants',
      severity: 'error',
      from: { path: '(^|/)drizzle/schema/' },
      to: { path: '(^|/)(src-main|src-renderer)/' },
    },
    {
      name: 'renderer-stays-in-the-page',
      severity: 'error',
      from: { path: '(^|/)src-renderer/' },
      to: { path: '(^|/)(src-main/|drizzle/|tests/(?!architecture/canary)|tools/)' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '(^|/)src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-do-not-nest-domains',
      comment: 'What two domains need moves to src-renderer/ui; what both show comes from the core.',
      severity: 'error',
      from: { path: '(^|/)src-renderer/domains/([^/]+)/' },
      to: { path: '(^|/)src-renderer/domains/[^/]+/', pathNot: '(^|/)src-renderer/domains/$2/' },
    },
    {
      name: 'orpc-only-in-rpc',
      comment: 'A change of the library that carries the calls touches the rpc folders and nothing else.',
      severity: 'error',
      from: { path: '(^|/)src-[^/]+/', pathNot: '(^|/)src-(shared|renderer)/rpc/|(^|/)src-main/core/rpc/' },
      to: { path: '(^|/)node_modules/@orpc/' },
    },
    {
      name: 'no-dead-file',
      comment: 'A file that nobody imports and that starts nothing.',
      severity: 'error',
      from: {
        orphan: true,
        path: '(^|/)src-[^/]+/.+\\.(ts|tsx)$',
        pathNot: ['\\.d\\.ts$', '(^|/)src-main/(shell/main|core/process|cli/cairn|preload/preload)\\.ts$', '\\.worker\\.ts$', '(^|/)src-renderer/main\\.tsx$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|resources)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.css'],
    },
  },
}
