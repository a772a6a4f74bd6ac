/** @file Adds up what the test runners report, and names what failed. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Suite a file, or a block in it, as Playwright reports it
 * @property {string} title
 * @property {Spec[]} [specs]
 * @property {Suite[]} [suites]
 */

/**
 * @typedef {object} Spec a test, with each time it ran; a step that failed has an error
 * @property {string} title
 * @property {boolean} ok
 * @property {{ results: { steps?: { title: string, error?: unknown }[] }[] }[]} [tests]
 */

/**
 * Vitest's JSON report. A file that could not be read is one failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
	const unread = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	).length;
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unread,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/**
 * The tests that failed, each with its file, and the files that could not be read.
 *
 * @param {{ testResults: { name: string, status: string,
 *   assertionResults: { status: string, fullName: string }[] }[] }} report of Vitest
 * @param {string} root of the repository
 * @returns {string[]}
 */
export function vitestFailures({ testResults }, root) {
	return testResults
		.filter(({ status }) => status === 'failed')
		.flatMap(({ name, assertionResults }) => {
			const file = name.replace(`${root}/`, '');
			const failed = assertionResults.filter((test) => test.status === 'failed');
			return failed.length ? failed.map(({ fullName }) => `${file}: ${fullName}`) : [file];
		});
}

/**
 * The tests that failed, or passed only at the second try, each with the file and the blocks it is in, and by the steps that
 * failed if it has steps.
 *
 * @param {{ suites?: Suite[] }} report of Playwright
 * @returns {string[]}
 */
export function playwrightFailures({ suites = [] }) {
	/** @type {(suite: Suite, path: string) => string[]} */
	const within = ({ title, specs = [], suites = [] }, path) => [
		...specs
			.filter(({ ok }) => !ok)
			.flatMap((spec) => {
				const name = `${path}${title}: ${spec.title}`;
				const steps = failedSteps(spec);
				return steps.length ? steps.map((step) => `${name}: ${step}`) : [name];
			}),
		...suites.flatMap((suite) => within(suite, `${path}${title}: `))
	];
	return suites.flatMap((suite) => within(suite, ''));
}

/** @type {(spec: Spec) => string[]} */
const failedSteps = ({ tests = [] }) =>
	tests.flatMap(({ results }) =>
		results.flatMap(({ steps = [] }) =>
			steps.filter(({ error }) => error).map(({ title }) => title)
		)
	);

/**
 * Playwright's JSON report. A flaky test has failed: it is not to be trusted.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 * @returns {Counts}
 */
export function playwrightCounts({ stats, errors = [] }) {
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
		skipped: stats.skipped
	};
}

/**
 * What failed, by name; then one line a stage, and the sum. Nothing run is a failure.
 *
 * @param {{ name: string, counts: Counts, seconds: number, failures?: string[] }[]} results
 */
export function summary(results) {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	const failures = results.flatMap(({ failures = [] }) => failures.map((one) => `failed: ${one}`));
	const stages = results.map(({ name, counts, seconds }) => {
		sum.passed += counts.passed;
		sum.failed += counts.failed;
		sum.skipped += counts.skipped;
		return `${name.padEnd(8)}${seconds.toFixed(0).padStart(5)} s   ${inWords(counts)}`;
	});
	return {
		lines: [...failures, ...stages, inWords(sum)],
		failed: sum.failed > 0 || sum.passed === 0
	};
}

/** @param {Counts} counts */
function inWords({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
