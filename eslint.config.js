import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Functions whose last bits differ between engines; the tiny transformer has its own (exact.ts). */
const inexact = [
	'exp',
	'expm1',
	'log',
	'log1p',
	'log2',
	'log10',
	'pow',
	'sin',
	'cos',
	'tan',
	'asin',
	'acos',
	'atan',
	'atan2',
	'sinh',
	'cosh',
	'tanh',
	'asinh',
	'acosh',
	'atanh',
	'cbrt',
	'hypot',
	'random'
];

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'.training/',
			'test-results/',
			'playwright-report/',
			'static/'
		]
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-restricted-properties': [
				'error',
				{
					object: 'Math',
					property: 'random',
					message: 'Use a seeded generator: what is shown must be repeatable.'
				}
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }
			],
			// Links are relative by kit.paths.relative; the base path is prefixed by our own href().
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: false,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		}
	},
	{
		files: ['src/lib/tiny/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				...inexact.map((property) => ({
					object: 'Math',
					property,
					message: 'Not exactly specified: it would differ between engines. See exact.ts.'
				}))
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "BinaryExpression[operator='**']",
					message: 'Not exactly specified. See exact.ts.'
				}
			]
		}
	}
);
