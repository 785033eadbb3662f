import { expect } from "chai";
import * as fs from "node:fs";

import { filesBelow, inRepository } from "../../tools/paths";

const ROOMS = fs
  .readdirSync(inRepository("components"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The classes that other rooms and programs make objects of. */
const COMPONENT = /^export class \w+ extends pulumi\.ComponentResource \{\n([\s\S]*?)^}/gm;
const MEMBER = /^ {2}public (?:readonly )?(\w+)/gm;
const EXPORT = /^export (?:async )?(?:function|const|class) (\w+)/gm;

function sources(room: string): string[] {
  return filesBelow(`components/${room}`)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => fs.readFileSync(inRepository(file), "utf8"));
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name);
}

function listed(room: string): string[] {
  const page = fs.readFileSync(inRepository("components", room, "README.md"), "utf8");
  return namesIn(page.split("## Exports")[1] ?? "", /^\| `(\w+)` \|/gm);
}

describe("the README of each room", () => {
  for (const room of ROOMS) {
    const texts = sources(room);
    const members = texts
      .flatMap((text) => namesIn(text, COMPONENT))
      .flatMap((body) => namesIn(body, MEMBER));

    it(`lists what the components of ${room} export`, () => {
      expect(listed(room)).to.include.members([...new Set(members)]);
    });

    it(`lists only what ${room} exports`, () => {
      const exported = texts.flatMap((text) => [
        ...namesIn(text, EXPORT),
        ...namesIn(text, /^ {2}(?:declare )?public (?:declare )?(?:readonly )?(\w+)/gm),
      ]);
      expect(listed(room)).to.not.deep.equal([]);
      expect(exported).to.include.members(listed(room));
    });
  }
});
