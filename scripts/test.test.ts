import { expect, test } from 'vitest';
import {
	playwrightCounts,
	playwrightFailures,
	summary,
	vitestCounts,
	vitestFailures
} from './test/counts.mjs';

const none = { passed: 0, failed: 0, skipped: 0 };

test('the last line adds up every stage', () => {
	const { lines, failed } = summary([
		{ name: 'check', counts: { passed: 1, failed: 0, skipped: 0 }, seconds: 31 },
		{ name: 'unit', counts: { passed: 40, failed: 0, skipped: 0 }, seconds: 5 }
	]);
	expect(lines.at(-1)).toBe('41 passed, 0 failed');
	expect(failed).toBe(false);
});

test('skipped tests are named, and one failure fails the whole', () => {
	const { lines, failed } = summary([
		{ name: 'unit', counts: { passed: 4, failed: 1, skipped: 2 }, seconds: 5 }
	]);
	expect(lines.at(-1)).toBe('4 passed, 1 failed, 2 skipped');
	expect(failed).toBe(true);
});

test('nothing run is a failure', () => {
	expect(summary([]).failed).toBe(true);
	expect(summary([{ name: 'unit', counts: none, seconds: 0 }]).failed).toBe(true);
});

test('a test file that cannot be read is a failure', () => {
	expect(
		vitestCounts({
			numPassedTests: 2,
			numFailedTests: 1,
			numPendingTests: 1,
			numTodoTests: 0,
			testResults: [
				{ status: 'failed', assertionResults: [] },
				{ status: 'failed', assertionResults: [{ status: 'failed' }] },
				{ status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] }
			]
		})
	).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

test('a flaky test has failed, and so has a run that broke before its tests', () => {
	expect(playwrightCounts({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } })).toEqual(
		{
			passed: 3,
			failed: 1,
			skipped: 0
		}
	);
	expect(
		playwrightCounts({
			stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
			errors: [{ message: 'no server' }]
		})
	).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('what failed is named before the sums, so that the end of a long log says it', () => {
	const unit = vitestFailures(
		{
			testResults: [
				{
					name: '/here/src/a.test.ts',
					status: 'failed',
					assertionResults: [
						{ status: 'passed', fullName: 'one' },
						{ status: 'failed', fullName: 'two' }
					]
				},
				{ name: '/here/src/b.test.ts', status: 'failed', assertionResults: [] },
				{ name: '/here/src/c.test.ts', status: 'passed', assertionResults: [] }
			]
		},
		'/here'
	);
	const e2e = playwrightFailures({
		suites: [
			{
				title: 'd.spec.ts',
				specs: [{ title: 'three', ok: true }],
				suites: [
					{
						title: 'block',
						specs: [
							{ title: 'four', ok: false },
							{
								title: 'five',
								ok: false,
								tests: [
									{ results: [{ steps: [{ title: 'first' }, { title: 'second', error: {} }] }] }
								]
							}
						]
					}
				]
			}
		]
	});
	const counts = { passed: 1, failed: 1, skipped: 0 };
	expect(
		summary([
			{ name: 'unit', counts, seconds: 1, failures: unit },
			{ name: 'e2e', counts, seconds: 1, failures: e2e }
		]).lines
	).toEqual([
		'failed: src/a.test.ts: two',
		'failed: src/b.test.ts',
		'failed: d.spec.ts: block: four',
		'failed: d.spec.ts: block: five: second',
		'unit        1 s   1 passed, 1 failed',
		'e2e         1 s   1 passed, 1 failed',
		'2 passed, 2 failed'
	]);
});
