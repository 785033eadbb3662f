// Package cloud stands in for `pulumi api`; what remains is the error that other commands look for.
package cloud

// APIError is returned by no command of this build.
type APIError struct {
	ExitCode int
	Silent   bool
}

func (*APIError) Error() string { return "pulumi api" }
