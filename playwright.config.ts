import { defineConfig } from '@playwright/test';
import { browserPath, gpuArguments, launchArguments } from './scripts/browser.mjs';

const port = Number(process.env.PORT ?? 4173);
const executablePath = browserPath();

const launch = (args: string[]) => ({
	launchOptions: { args, ...(executablePath ? { executablePath } : {}) }
});

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	reporter: [['list'], ['json']],
	workers: 2,
	fullyParallel: true,
	forbidOnly: true,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	...(process.env.ALL_TESTS ? {} : { grepInvert: /@long/ }),
	use: {
		baseURL: `http://localhost:${port}`,
		serviceWorkers: 'block',
		locale: 'en-GB',
		viewport: { width: 1280, height: 800 }
	},
	projects: [
		{ name: 'plain', use: launch(launchArguments) },
		{
			name: 'gpu',
			// Faults meet the same code with an adapter: only the long tests walk them twice.
			testMatch: process.env.ALL_TESTS ? /(run|faults)\.spec\.ts/ : /run\.spec\.ts/,
			use: launch([...launchArguments, ...gpuArguments])
		}
	],
	webServer: {
		command: 'node scripts/serve.mjs',
		url: `http://localhost:${port}/robots.txt`,
		reuseExistingServer: false,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 }
	}
});
