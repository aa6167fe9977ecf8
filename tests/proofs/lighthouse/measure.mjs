// Usage: node measure.mjs ROUNDS ADDRESS… – a line of JSON for each address: the median score of
// each category, desktop, in rounds, and what kept it from 100.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = [
  ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const [rounds, ...addresses] = process.argv.slice(2);

function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

function lacking(report) {
  const audits = CATEGORIES.flatMap((name) => report.categories[name].auditRefs);
  return audits
    .filter(({ id, weight }) => weight && (report.audits[id].score ?? 1) < 1)
    .map(({ id }) => id);
}

// What could not be measured has no score, which is not the same as 0: it is measured again.
function failures(report) {
  const audits = Object.values(report.audits).filter((audit) => audit.errorMessage);
  return audits.map((audit) => `${audit.id}: ${audit.errorMessage}`);
}

async function judged(address, port) {
  const reports = [];
  for (let round = 0; reports.length < Number(rounds); round += 1) {
    const flags = { port, logLevel: "error", onlyCategories: CATEGORIES };
    const report = (await lighthouse(address, flags, desktopConfig)).lhr;
    if (CATEGORIES.every((name) => report.categories[name].score !== null)) {
      reports.push(report);
    } else if (round >= 2 * Number(rounds)) {
      throw new Error(`${address} cannot be measured. ${failures(report).join("; ")}`);
    }
  }
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => {
      const found = reports.map((report) => Math.round(100 * report.categories[name].score));
      return [name, median(found)];
    }),
  );
  return { address, scores, lacking: [...new Set(reports.flatMap(lacking))] };
}

const chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: FLAGS });
try {
  for (const address of addresses) {
    console.log(JSON.stringify(await judged(address, chrome.port)));
  }
} finally {
  chrome.kill();
}
