#!/usr/bin/env node
/**
 * `npm test`: check, lint, build, unit, browser and end-to-end tests, one after the other, all of them whatever
 * fails. `node scripts/test.mjs [unit|e2e] [--all]`; `--all` adds the long tests, tagged @long. The last line adds
 * up: `N passed, N failed, N skipped`. Check, lint and build count as one each.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import {
	playwrightCounts,
	playwrightFailures,
	summary,
	vitestCounts,
	vitestFailures
} from './test/counts.mjs';

/**
 * @typedef {import('./test/counts.mjs').Counts} Counts
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} command
 * @property {(report: any) => Counts} [read] reads the runner's JSON report; without it the stage counts as one
 * @property {(report: any) => string[]} [failures] the names of what failed, from the same
 * @property {string} [needs] a stage without whose success this one would test something else
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, 'test-results', 'reports');
const reportOf = (/** @type {string} */ name) => join(reports, `${name}.json`);

/** @type {(project: string) => Stage} */
const vitest = (project) => ({
	name: project,
	command: [
		'npx',
		'vitest',
		'run',
		`--project=${project}`,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${reportOf(project)}`
	],
	read: vitestCounts,
	failures: (report) => vitestFailures(report, root)
});

/** @type {Stage[]} */
const stages = [
	{ name: 'check', command: ['npm', 'run', '--silent', 'check'] },
	{ name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
	{ name: 'build', command: ['npm', 'run', '--silent', 'build'] },
	vitest('unit'),
	vitest('browser'),
	{
		name: 'e2e',
		command: ['npx', 'playwright', 'test'],
		read: playwrightCounts,
		failures: playwrightFailures,
		needs: 'build'
	}
];

/** Only with --all: the same sources give the same bytes. */
const again = {
	name: 'again',
	command: ['node', 'scripts/test/build-again.mjs'],
	needs: 'build'
};

/** @type {Record<string, string[]>} */
const selections = { unit: ['unit', 'browser'], e2e: ['build', 'e2e'] };

/**
 * Runs a stage and shows its output as it comes.
 *
 * @param {Stage} stage
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ counts: Counts, failures?: string[] }>}
 */
async function run(stage, env) {
	const [command, ...args] = stage.command;
	const code = await new Promise((done) => {
		const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
		child.on('error', () => done(1));
		child.on('exit', (status) => done(status ?? 1));
	});
	if (!stage.read) {
		return { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 } };
	}
	/** @type {Counts} */
	let counts;
	/** @type {string[]} */
	let failures;
	try {
		const report = JSON.parse(readFileSync(reportOf(stage.name), 'utf8'));
		counts = stage.read(report);
		failures = stage.failures?.(report) ?? [];
	} catch {
		console.error(`${stage.name}: it ended without a report.`);
		return { counts: { passed: 0, failed: 1, skipped: 0 } };
	}
	// An error outside any test, or no test at all, fails the stage as well.
	if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
	return { counts, failures };
}

/**
 * A port nobody listens on, so that tests run beside `npm start`.
 *
 * @returns {Promise<number>}
 */
function freePort() {
	return new Promise((done) => {
		const server = createServer();
		server.listen(0, '127.0.0.1', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			server.close(() => done(port));
		});
	});
}

async function main() {
	const args = process.argv.slice(2);
	const all = args.includes('--all');
	const [part, ...others] = args.filter((argument) => argument !== '--all');
	if (others.length > 0 || (part !== undefined && !selections[part])) {
		console.error('usage: node scripts/test.mjs [unit|e2e] [--all]');
		process.exit(2);
	}
	const chosen = stages.filter(({ name }) => part === undefined || selections[part].includes(name));
	if (all && part === undefined) chosen.push(again);

	rmSync(reports, { recursive: true, force: true });
	mkdirSync(reports, { recursive: true });
	const env = {
		...process.env,
		CHROMIUM: ensureBrowser(),
		PORT: process.env.PORT ?? String(await freePort()),
		PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e'),
		...(all ? { ALL_TESTS: '1' } : {}),
		// The tests are of the site as it stands at the root of localhost.
		SITE_ORIGIN: undefined,
		BASE_PATH: undefined
	};
	// A fresh clone has no types of its routes yet, and nothing compiles without them.
	spawnSync('npx', ['svelte-kit', 'sync'], { cwd: root, env, stdio: 'inherit' });

	/** @type {Parameters<typeof summary>[0]} */
	const results = [];
	for (const stage of chosen) {
		console.log(`\n== ${stage.name}`);
		const start = performance.now();
		const needed = results.find(({ name }) => name === stage.needs);
		/** @type {Awaited<ReturnType<typeof run>>} */
		let outcome;
		if (needed && needed.counts.failed > 0) {
			console.error(`${stage.name}: not run, because ${needed.name} failed.`);
			outcome = { counts: { passed: 0, failed: 1, skipped: 0 } };
		} else {
			outcome = await run(stage, env);
		}
		const seconds = (performance.now() - start) / 1000;
		results.push({ name: stage.name, ...outcome, seconds });
	}

	const { lines, failed } = summary(results);
	console.log(`\n${lines.join('\n')}`);
	process.exitCode = failed ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	await main().catch((error) => {
		console.error(error instanceof Error ? error.message : error);
		console.log('0 passed, 1 failed');
		process.exitCode = 1;
	});
}
