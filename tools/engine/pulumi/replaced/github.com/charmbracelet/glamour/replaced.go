// Package glamour stands in for a renderer of Markdown, which `pulumi config env init` shows an environment with.
package glamour

// TermRenderer shows Markdown as it is.
type TermRenderer struct{}

// TermRendererOption is no option.
type TermRendererOption struct{}

// NewTermRenderer ignores its options.
func NewTermRenderer(...TermRendererOption) (*TermRenderer, error) { return &TermRenderer{}, nil }

// WithAutoStyle has no effect.
func WithAutoStyle() TermRendererOption { return TermRendererOption{} }

// WithWordWrap has no effect.
func WithWordWrap(int) TermRendererOption { return TermRendererOption{} }

// Render returns the text.
func (*TermRenderer) Render(markdown string) (string, error) { return markdown, nil }
