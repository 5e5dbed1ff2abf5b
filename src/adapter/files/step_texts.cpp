#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "adapter/files/step_files.h"
#include "load_script.h"
#include "script_stream.h"

namespace migrate::files {
namespace {

class StepTextSource : public port::StepSource {
 public:
  explicit StepTextSource(std::vector<core::AppliedText> texts) : texts_(std::move(texts)) {}

  core::CatalogResult load() override {
    std::vector<core::Step> steps;
    for (const core::AppliedText& text : texts_) {
      core::ScriptFile file{.path = path_of(text), .checksum = text.checksum};
      // A file that was changed just before it ran may have been kept as it was then.
      std::vector<core::Problem> unheard;
      if (examine(file, unheard).checksum != text.checksum) continue;
      auto directives = core::parse_directives(text.text);
      if (auto* parsed = std::get_if<core::Directives>(&directives)) file.directives = *parsed;
      steps.push_back({.id = text.id, .name = text.id.key, .up = std::move(file)});
    }
    return core::make_catalog(std::move(steps));
  }

  core::Script examine(const core::ScriptFile& file,
                       std::vector<core::Problem>& problems) override {
    ScriptReader reader(bytes_of(file), file.path, ScriptReader::Checksum::taken);
    ExaminedFile found = files::examine(reader, file, problems);
    found.script.checksum = found.checksum;
    return std::move(found.script);
  }

  std::unique_ptr<port::StatementStream> open(const core::ScriptFile& file) override {
    return std::make_unique<ScriptStream>(bytes_of(file), file.path);
  }

  void read(const core::ScriptFile& file,
            const std::function<void(std::string_view)>& take) override {
    take(bytes_of(file).bytes);
  }

 private:
  static std::string path_of(const core::AppliedText& text) {
    return fmt::format("the last applied text of {}", core::display_name(text.id, text.id.key));
  }

  ScriptReader::Text bytes_of(const core::ScriptFile& file) const {
    return {std::ranges::find(texts_, file.path, path_of)->text};
  }

  const std::vector<core::AppliedText> texts_;
};

}  // namespace

std::unique_ptr<port::StepSource> open_step_texts(std::vector<core::AppliedText> texts) {
  return std::make_unique<StepTextSource>(std::move(texts));
}

}  // namespace migrate::files
