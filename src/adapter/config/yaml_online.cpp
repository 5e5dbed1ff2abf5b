#include "yaml_online.h"

#include "core/online.h"
#include "yaml_windows.h"

namespace migrate::config {

void read_online_key(const YamlNodes& nodes, const YamlEntry& entry, OnlineSection& section) {
  const Origin origin = nodes.origin_of(entry.value);
  if (entry.key == "online_above") {
    section.above = {large_table(nodes, entry.value), origin};
    return;
  }
  if (entry.value.IsScalar() && nodes.scalar(entry) == "off") {
    section.use = OnlineSection::Use::off;
    section.command.origin = origin;
    return;
  }
  section.command = {
      nodes.list(entry, "words: [pt-online-schema-change, --alter, \"{alter}\", …], or off"),
      origin};
  if (section.command.value.empty())
    throw fault_at(entry.key_origin, "'" + entry.key + "' is a command without a word");
  if (const auto wrong = core::wrong_with_online_command(section.command.value))
    throw fault_at(origin, "'" + entry.key + "': " + *wrong);
  section.use = OnlineSection::Use::tool;
}

void check_online(const OnlineSection& section) {
  if (!section.above || section.use == OnlineSection::Use::tool) return;
  throw fault_at(section.above->origin, "'online_above' without 'online_command'",
                 "name the tool: online_command: [pt-online-schema-change, …]");
}

}  // namespace migrate::config
