/**
 * The files by which a course page knows a package: `imsmanifest.xml` for SCORM (IMS Content Packaging 1.1.2 with ADL's additions for
 * 1.2; 1.1.4 with those of the 4th edition for 2004), `cmi5.xml` for cmi5.
 */

export type Format = '1.2' | '2004' | 'cmi5';
export const FORMATS: readonly Format[] = ['1.2', '2004', 'cmi5'];

export interface Described {
  /** Letters, digits and hyphens, beginning with a letter: an XML name. */
  id: string;
  title: string;
  /** One sentence. */
  summary: string;
  /** The page that is launched, from the root of the package. */
  launch: string;
  /** All files, from the root of the package. */
  files: readonly string[];
  /** Score in [0, 1] that passes; null: nothing is passed or failed. */
  pass: number | null;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** What XML 1.0 may not hold, however it is written. */
const CONTROL = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
const escaped = (text: string) =>
  text.replace(CONTROL, '').replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
/** Longer titles are refused by the schemas of SCORM. */
const title200 = (text: string) => escaped([...text].slice(0, 200).join(''));
/** A path as an address has it. */
const href = (path: string) => escaped(path.split('/').map(encodeURIComponent).join('/'));

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

const resource = ({ launch, files }: Described, scormType: string) => `  <resources>
    <resource identifier="resource" type="webcontent" adlcp:${scormType}="sco" href="${href(launch)}">
${files.map((file) => `      <file href="${href(file)}"/>`).join('\n')}
    </resource>
  </resources>`;

/** SCORM 1.2, Content Aggregation Model, section 2.3. */
function manifest12(described: Described): string {
  const { id, title, pass } = described;
  // A whole number of hundredths.
  const mastery =
    pass === null ? '' : `\n        <adlcp:masteryscore>${Math.round(100 * pass)}</adlcp:masteryscore>`;
  return `${HEAD}<manifest identifier="${escaped(id)}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>${title200(title)}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>${title200(title)}</title>${mastery}
      </item>
    </organization>
  </organizations>
${resource(described, 'scormtype')}
</manifest>
`;
}

/** SCORM 2004, 4th edition, Content Aggregation Model, section 3.4; sequencing: IMS Simple Sequencing 1.0. */
function manifest2004(described: Described): string {
  const { id, title, pass } = described;
  // The package itself says what is passed; the measure tells the course page the same.
  const objective =
    pass === null
      ? '<imsss:primaryObjective objectiveID="whole"/>'
      : `<imsss:primaryObjective objectiveID="whole" satisfiedByMeasure="true">
            <imsss:minNormalizedMeasure>${pass}</imsss:minNormalizedMeasure>
          </imsss:primaryObjective>`;
  return `${HEAD}<manifest identifier="${escaped(id)}" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization" adlcp:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="false">
      <title>${title200(title)}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>${title200(title)}</title>
        <adlcp:completionThreshold completedByMeasure="false"/>
        <imsss:sequencing>
          <imsss:objectives>
          ${objective}
          </imsss:objectives>
          <imsss:deliveryControls tracked="true" completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
${resource(described, 'scormType')}
</manifest>
`;
}

/**
 * cmi5, section 13: one assignable unit.
 * @param site where the package's names lie; they need not lead anywhere, but must be the publisher's own
 * @param url the page that is launched: a whole address, or from the root of the package
 */
export function courseStructure(described: Described, site: string, url: string): string {
  const { id, title, summary, pass } = described;
  const address = `${site.replace(/\/$/, '')}/courses/${id}`;
  const words = (text: string) => `<langstring lang="en">${escaped(text)}</langstring>`;
  const moveOn = pass === null ? 'Completed' : 'CompletedAndPassed';
  const mastery = pass === null ? '' : ` masteryScore="${pass}"`;
  return `${HEAD}<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="${escaped(address)}">
    <title>${words(title)}</title>
    <description>${words(summary)}</description>
  </course>
  <au id="${escaped(`${address}/unit`)}" moveOn="${moveOn}"${mastery} launchMethod="AnyWindow" activityType="http://adlnet.gov/expapi/activities/lesson">
    <title>${words(title)}</title>
    <description>${words(summary)}</description>
    <url>${escaped(url)}</url>
  </au>
</courseStructure>
`;
}

/** @returns its name in the package, and its text */
export function manifestOf(format: Format, described: Described, site: string): [name: string, text: string] {
  if (format === 'cmi5') return ['cmi5.xml', courseStructure(described, site, href(described.launch))];
  return ['imsmanifest.xml', format === '1.2' ? manifest12(described) : manifest2004(described)];
}
