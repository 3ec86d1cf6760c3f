// Prints the last line of .ci/run, `N passed, N failed, N skipped`, and fails when anything did.
// Arguments: vitest's JSON report, then the checks beside the tests: passed, failed, skipped.
import { readFileSync } from 'node:fs';

const [report, ...counts] = process.argv.slice(2);
let [passed, failed, skipped] = counts.map(Number);

try {
  const tests = JSON.parse(readFileSync(report, 'utf8'));
  passed += tests.numPassedTests;
  failed += tests.numFailedTests;
  skipped += tests.numPendingTests + tests.numTodoTests;
  // A file that fails before its first test counts no test at all.
  failed += tests.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  ).length;
} catch (error) {
  console.log(`no test report: ${error.message}`);
  failed += 1;
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
