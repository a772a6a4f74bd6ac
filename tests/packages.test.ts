import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Package = { version?: string; integrity?: string; hasInstallScript?: boolean; link?: boolean };

const { dependencies, devDependencies, scripts } = JSON.parse(
	readFileSync('package.json', 'utf8')
) as Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>;
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, Package>;
};
const installed = Object.entries(packages).filter(([path]) => path !== '');

test('every package is locked by its SHA-512', () => {
	expect(installed.length).toBeGreaterThan(100);
	expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('no package runs anything when it is installed', () => {
	// Two that macOS alone may build; npm leaves them out elsewhere.
	const allowed = /(^|\/)fsevents$/;
	expect(
		installed
			.filter(([path, one]) => one.hasInstallScript && !allowed.test(path))
			.map(([path]) => path)
	).toEqual([]);
});

test('versions are exact, and few packages reach a reader', () => {
	const versions = Object.entries({ ...dependencies, ...devDependencies });
	expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	expect(Object.keys(dependencies).length).toBeLessThanOrEqual(5);
});

test('the commands that the README names are there', () => {
	const named = [...readFileSync('README.md', 'utf8').matchAll(/npm run ([\w:]+)/g)].map(
		([, name]) => name
	);
	expect(named).toContain('test:all');
	expect([...named, 'start', 'test'].filter((name) => !scripts[name])).toEqual([]);
});
