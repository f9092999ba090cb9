import { readConfigFileAndWriteSchema } from '@lit/localize-tools/lib/config.js';
import { RuntimeLitLocalizer } from '@lit/localize-tools/lib/modes/runtime.js';
import { extractMessagesFromProgram } from '@lit/localize-tools/lib/program-analysis.js';

/**
 * Makes the modules in generated/ from the translations in xliff/ (docs/texts.md). What the visitor's page says only after
 * the first word is in modules of its own: lit-localize follows every import, so it is told here whose texts are whose.
 */

/** What of ui/visitor/ is fetched when the first screen stands. */
const LATER =
  /\/ui\/visitor\/(?:ask|call|check\/(?!check-door)|conversation|face|farewell|pinned|quality|react|too-fast|voice)\b/u;

class Texts extends RuntimeLitLocalizer {
  /** @param wanted whether a file's texts are among these */
  constructor(config, wanted) {
    super(config);
    this.wanted = wanted;
  }

  extractSourceMessages() {
    const { program } = this;
    return extractMessagesFromProgram({
      getTypeChecker: () => program.getTypeChecker(),
      getSourceFiles: () => program.getSourceFiles().filter(({ fileName }) => this.wanted(fileName)),
    });
  }
}

/** `folder`: below generated/; without, where the configuration says. */
async function build(file, { folder, wanted = () => true } = {}) {
  const config = readConfigFileAndWriteSchema(file);
  const output = folder
    ? { ...config.output, outputDir: `./ui/texts/generated/${folder}`, localeCodesModule: undefined }
    : config.output;
  await new Texts({ ...config, output }, wanted).build();
}

await build('lit-localize.json');
for (const file of ['lit-localize.visitor.json', 'lit-localize.visitor-only.json']) {
  await build(file, { wanted: (name) => !LATER.test(name) });
  await build(file, { folder: 'later', wanted: (name) => LATER.test(name) });
}
