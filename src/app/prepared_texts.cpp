#include "prepared_texts.h"

namespace migrate::app {
namespace {

std::optional<std::string> text_of(const core::Prepared& prepared, port::Session& session) {
  if (prepared.text) return prepared.text;
  if (prepared.variable) return session.user_variable(*prepared.variable);
  return std::nullopt;
}

}  // namespace

void PreparedTexts::add(const core::Prepared& prepared, port::Session& session) {
  texts_.erase(prepared.name);
  if (auto text = text_of(prepared, session)) texts_.emplace(prepared.name, *text);
}

std::optional<std::string> PreparedTexts::executed_by(std::string_view statement,
                                                      port::Session& session) const {
  if (const auto immediate = core::executed_immediately(statement))
    return text_of(*immediate, session);
  const auto name = core::executed_name(statement);
  if (!name) return std::nullopt;
  const auto known = texts_.find(*name);
  return known == texts_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace migrate::app
