#include "yaml_nodes.h"

#include <algorithm>

#include "core/suggestion.h"

namespace migrate::config {

Origin YamlNodes::at(const YAML::Mark& mark) const {
  if (mark.is_null()) return {Level::config_file, name_, 0, 0};
  return {Level::config_file, name_, static_cast<std::uint64_t>(mark.line) + 1,
          static_cast<std::uint64_t>(mark.column) + 1};
}

YAML::Node YamlNodes::document(const std::string& text) const {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.size() > 1) {
      throw fault_at(origin_of(documents[1]), "a second YAML document; expected one");
    }
    return documents.empty() ? YAML::Node() : documents.front();
  } catch (const YAML::Exception& error) {
    // Behind a colon the library repeats a piece of the file, which may be one of a password.
    throw fault_at(at(error.mark), "not valid YAML: " + error.msg.substr(0, error.msg.find(':')),
                   "put values with special characters in quotes");
  }
}

std::vector<YamlEntry> YamlNodes::entries(const YAML::Node& map) const {
  std::vector<YamlEntry> result;
  if (!map || map.IsNull()) return result;
  if (!map.IsMap()) throw fault_at(origin_of(map), "expected 'key: value' lines");
  for (const auto& pair : map) {
    const Origin origin = origin_of(pair.first);
    if (!pair.first.IsScalar()) throw fault_at(origin, "expected a name as the key");
    const std::string& key = pair.first.Scalar();
    // `{password:secret}` is one key to YAML: such a key is never repeated.
    if (key.find(':') != std::string::npos) {
      throw fault_at(origin, "a ':' inside a key; write a space behind it");
    }
    const auto first =
        std::ranges::find_if(result, [&](const YamlEntry& entry) { return entry.key == key; });
    if (first != result.end()) {
      throw fault_at(origin, fmt::format("key '{}' given twice; first on line {}", key,
                                         first->key_origin.line));
    }
    result.push_back({key, origin, pair.second});
  }
  return result;
}

std::vector<YamlEntry> YamlNodes::known_entries(const YAML::Node& map, Names known) const {
  std::vector<YamlEntry> result = entries(map);
  for (const YamlEntry& entry : result) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    const std::string suggestion = core::nearest(entry.key, known);
    throw fault_at(
        entry.key_origin,
        suggestion.empty()
            ? fmt::format("unknown key '{}'; known: {}", entry.key, fmt::join(known, ", "))
            : fmt::format("unknown key '{}'; did you mean '{}'?", entry.key, suggestion));
  }
  return result;
}

std::string YamlNodes::scalar(const YamlEntry& entry) const {
  if (entry.value.IsNull() || (entry.value.IsScalar() && entry.value.Scalar().empty())) {
    throw fault_at(entry.key_origin, fmt::format("'{}' has no value", entry.key));
  }
  if (!entry.value.IsScalar()) {
    throw fault_at(origin_of(entry.value),
                   fmt::format("'{}' has more than one value; expected one", entry.key));
  }
  return entry.value.Scalar();
}

std::vector<std::string> YamlNodes::list(const YamlEntry& entry, std::string_view example) const {
  std::vector<std::string> result;
  if (entry.value.IsNull()) return result;
  const std::string expected = fmt::format("'{}' is a list of {}", entry.key, example);
  if (!entry.value.IsSequence()) throw fault_at(origin_of(entry.value), expected);
  for (const YAML::Node& item : entry.value) {
    if (!item.IsScalar() || item.Scalar().empty()) throw fault_at(origin_of(item), expected);
    result.push_back(item.Scalar());
  }
  return result;
}

std::vector<YamlEntry> YamlNodes::one_or_more(const YamlEntry& entry) const {
  if (!entry.value.IsSequence()) return {entry};
  std::vector<YamlEntry> parts;
  for (const YAML::Node& part : entry.value) parts.push_back({entry.key, origin_of(part), part});
  return parts;
}

}  // namespace migrate::config
